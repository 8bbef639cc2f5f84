/** What Powertools' Tracer looks for before it traces anything: set before it is loaded, and taken back afterwards. */
const VARIABLES = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', LAMBDA_TASK_ROOT: '/var/task' };

/** Lets the tests of this file run as if in a Lambda function. */
export const pretendToBeLambda = (): void => {
  const before = Object.keys(VARIABLES).map((name) => [name, process.env[name]] as const);
  beforeAll(() => void Object.assign(process.env, VARIABLES));
  afterAll(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
};
