import type { Layer, Station } from '$engine/trace/trace.ts';

/** The layers of the house, as pages name them. */
export const layerNames: Record<Layer, string> = {
  clients: 'Clients',
  management: 'Management layer',
  storage: 'Storage layer',
  hsm: 'HSM',
  audit: 'Audit',
};

/** The rooms a request passes. */
export const stationNames: Record<Station, string> = {
  client: 'Client',
  'front-door': 'Front door',
  who: 'Who',
  may: 'May they',
  storage: 'Storage',
  hsm: 'HSM',
  audit: 'Audit',
};

/** What the drawing writes into a room, where the layer's name stands above it already. */
export const roomNames: Record<Station, string> = {
  ...stationNames,
  storage: 'Sealed keys',
  hsm: 'Inside the module',
};

/** One line on what each room is for. */
export const stationPurposes: Record<Station, string> = {
  client: 'Signs the request and waits for the reply.',
  'front-door': 'Reads the request off the wire and finds the operation.',
  who: 'Recomputes the signature to learn who sent it.',
  may: 'Weighs the policies: may they do this to that key?',
  storage: 'Keeps keys only as sealed exported key tokens, a copy in each zone.',
  hsm: 'Opens a sealed key, computes with it, forgets it.',
  audit: 'Writes one CloudTrail record for the request.',
};

/** Words around the drawing. */
export const houseText = {
  rooms: 'Rooms of the house',
  enter: (picture: string) => `Go in: ${picture}`,
  moduleNow:
    'The HSM keeps no history: it is drawn as it is now. So are the audit records, which nothing takes away.',
  noRequest: 'This moment was no request. The house is drawn as it stood afterwards.',
};
