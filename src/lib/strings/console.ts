import type { ConsolePage, KeyTab, PageGroup } from '$lib/console/route.ts';

/** Words of the console's frame, and those that many of its pages need. */
export const consoleText = {
  navigation: 'Pages of the console',
  page: 'Page',
  groups: {
    keys: 'Keys',
    use: 'Use a key',
    watch: 'Watch and ask',
    all: 'Everything else',
  } satisfies Record<PageGroup, string>,
  pages: {
    keys: 'Customer managed keys',
    create: 'Create key',
    'aws-keys': 'AWS managed keys',
    aliases: 'Aliases',
    'key-stores': 'Custom key stores',
    encrypt: 'Encrypt and decrypt',
    sign: 'Sign and verify',
    mac: 'Message authentication',
    'data-keys': 'Data keys',
    envelope: 'Envelopes for files',
    trail: 'Audit trail',
    principals: 'Principals',
    simulator: 'Policy simulator',
    operations: 'All operations',
  } satisfies Record<ConsolePage, string>,
  tabs: {
    general: 'General',
    policy: 'Key policy',
    aliases: 'Aliases',
    grants: 'Grants',
    rotation: 'Rotation',
    material: 'Key material',
    regions: 'Regionality',
    'public-key': 'Public key',
    tags: 'Tags',
    usage: 'Last use',
  } satisfies Record<KeyTab, string>,
  waiting: 'Your cloud is starting …',
  loading: 'Loading this page …',
  notLoaded: 'This page could not be loaded',
  asking: 'Asking …',
  failed: 'The cloud in this browser does not answer',
  refresh: 'Refresh',
  stale: 'Another face has changed something since this was asked.',
  watch: 'Watch this request in the glass',
  why: 'Why: see its trace in the glass',
  notSent: 'No request has come through: this was stopped on the way.',
  cancel: 'Cancel',
  remove: 'Remove',
  add: 'Add',
  save: 'Save',
  send: 'Send',
  download: 'Download',
  typeWord: (word: string) => `To confirm, type ${word}`,
  none: 'none',
  more: (count: number) => `Show ${count.toLocaleString('en')} more`,
  formOf: (operation: string) => `Form of ${operation}`,
  cost: (asked: string) => `This page asked: ${asked}.`,
};

/** `1 grant`, `2 grants`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
