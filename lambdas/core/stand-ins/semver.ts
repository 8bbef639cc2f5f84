/** In place of semver, which the X-Ray SDK loads to look at the version of an AWS SDK that is not used here. */
export const gte = (): boolean => false;
