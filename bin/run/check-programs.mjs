// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know the protocol
import { spawnSync } from 'child_process';

const NODE_MAJOR = 20;
const JAVA_MAJOR = 17;

/** One sentence that says what to do when Node or Java is missing or too old; undefined when all is well. */
export const checkPrograms = () => checkNode(process.versions.node) || checkJava(readJavaVersion());

export const checkNode = (version) =>
  Number(version.split('.')[0]) >= NODE_MAJOR
    ? undefined
    : `Fluxgate needs Node.js ${NODE_MAJOR} or later and this is ${version}: install a newer one from https://nodejs.org, then try again.`;

/** `version` is what `java -version` printed; undefined when there is no Java. */
export const checkJava = (version) => {
  const install = `install Java ${JAVA_MAJOR} or later, for example from https://adoptium.net, then try again.`;
  if (version === undefined) return `Fluxgate needs Java to run DynamoDB Local and finds none on the PATH: ${install}`;
  const major = readMajor(version);
  if (major === undefined)
    return `Fluxgate needs Java to run DynamoDB Local and cannot read the version of this one: ${install}`;
  if (major >= JAVA_MAJOR) return undefined;
  return `Fluxgate needs Java ${JAVA_MAJOR} or later to run DynamoDB Local and this is Java ${major}: ${install}`;
};

const readJavaVersion = () => {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  // macOS has a program of this name that only says that there is no Java.
  return java.error !== undefined || java.status !== 0 ? undefined : java.stderr + java.stdout;
};

/** Java 8 calls itself 1.8. */
const readMajor = (text) => {
  const match = /version "(?:1\.)?(\d+)/.exec(text);
  return match === null ? undefined : Number(match[1]);
};
