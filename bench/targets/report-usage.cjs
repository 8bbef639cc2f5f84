'use strict';
// Preloaded into every measured process: tells the bench what the process has used so far.
process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send({ cpuMicroseconds: user + system, peakKilobytes: process.resourceUsage().maxRSS });
});
process.on('disconnect', () => process.exit());
