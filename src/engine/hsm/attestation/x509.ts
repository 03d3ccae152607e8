/** Names of X.509 (RFC 5280), in the form of object identifiers. */
export const oid = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  /** RFC 5758 §3.2. */
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
} as const;

/** Bits of KeyUsage (RFC 5280 §4.2.1.3). */
export const usage = { digitalSignature: 0, keyCertSign: 5 } as const;
