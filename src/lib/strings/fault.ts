export const faultText = {
  /** Before a station of the house. */
  stoppedAt: 'Stopped at',
};
