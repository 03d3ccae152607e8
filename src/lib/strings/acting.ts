/** Words of what the pictures do by signed requests. */
export const actingText = {
  actAs: 'Act as',
  done: (operation: string) => `${operation}: done.`,
  refused: (operation: string, error: string) => `${operation} was refused: ${error}`,
  failed: (operation: string) => `${operation} was not answered`,
  watch: 'Watch this request in the house',
  onlyNow: 'You look back. What can be done, can be done only now.',
};
