import { ProxyTracerProvider, type TracerProvider, trace } from '@opentelemetry/api';

/** Waits until what has ended is out: Lambda freezes the process as soon as the invocation is over. */
export const flush = async (): Promise<void> => {
  const provider = trace.getTracerProvider();
  const registered: TracerProvider & { forceFlush?: unknown } =
    provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  if (typeof registered.forceFlush === 'function') await registered.forceFlush();
};
