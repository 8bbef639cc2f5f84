/** Powertools' Tracer, and what it stands on: a file of its own beside every function that traces, see `lib/bundle.ts`. */
export { Tracer } from '@aws-lambda-powertools/tracer';
export { Subsegment, setStreamingThreshold } from 'aws-xray-sdk-core';
