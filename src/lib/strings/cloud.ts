/** What the page says about its cloud's state. */
export const cloudMessages = {
  insecure: 'Browsers offer cryptography to secure pages only: open this page by https, or from localhost.',
  memoryOnly:
    'This browser offers no lasting storage here (as in some private windows), so this cloud is kept in memory: ' +
    'a reload forgets everything.',
  workerFailed: 'The engine could not be loaded. Check the connection to this site, then try again.',
  workerDied: 'The engine stopped while it was starting. Try again.',
  workerSilent: 'The engine does not answer. Wait a little, or try again.',
  noEngine: 'The engine does not run. Try again.',
} as const;
