/** Bytes that all files of the terminal together may have; more is refused as by a full disk. */
export const capacity = 64 * 2 ** 20;
