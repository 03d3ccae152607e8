export const filesText = {
  amount: (done: string, total: string) => `${done} of ${total}`,
  speed: (rate: string) => `${rate} a second`,
};
