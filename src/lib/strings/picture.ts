/** Words in the picture of the house itself. */
export const pictureText = {
  still: 'Section of the house: clients, management layer, storage layer and HSM, with the way of a request.',
  zone: (name: string) => `zone ${name}`,
  domainKey: 'Domain key',
  served: 'Commands',
  keys: (count: number) => (count === 1 ? '1 KMS key' : `${count.toLocaleString('en')} KMS keys`),
  records: (count: number) => (count === 1 ? '1 record' : `${count.toLocaleString('en')} records`),
};
