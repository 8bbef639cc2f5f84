import { type Burst, burst } from './burst';

/** The process that makes the load: one burst per message, one result per burst. */
process.on('message', (order: Burst) => {
  burst(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
