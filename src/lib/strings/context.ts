/** Words of the fields for an encryption context. */
export const contextText = {
  legend: 'Encryption context',
  name: 'Name',
  value: 'Value',
  add: 'Add a pair',
  remove: (name: string) => `Remove the pair ${name}`,
};
