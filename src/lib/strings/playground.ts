/** Words of the playground: the three faces, the glass beside them, and what was done in the others' words. */
export const playgroundText = {
  title: 'Playground',
  lead: 'The whole cloud in your hands, by three faces: console, terminal and code. All of them send the same signed requests, and the glass beside them shows what each request does.',
  needsScript: 'The playground needs JavaScript: the whole service runs in your browser.',
  toolbar: 'Faces and the glass',
  workspace: 'What is open',
  open: 'Open',
  share: 'Share …',

  panes: {
    console: {
      name: 'Console',
      about:
        'Pages and forms, as in the AWS Management Console: keys, policies, grants, rotation, the trail.',
    },
    terminal: {
      name: 'Terminal',
      about:
        'A shell with pipes and files, the AWS CLI and openssl. Commands of AWS’s tutorials work as they are.',
    },
    code: {
      name: 'Code',
      about: 'TypeScript with the real AWS SDK, in a sandbox. What runs here runs on AWS unchanged.',
    },
    glass: { name: 'Glass', about: 'What the latest request did, and the same in the other faces’ words.' },
  },
  welcome: 'Open a face',
  loading: 'Loading …',
  notLoaded: 'It could not be loaded.',
  notLoadedWhy:
    'A file of this site could not be fetched. Is the network gone, or has the site been renewed?',
  again: 'Try again',
  maximise: (pane: string) => `${pane}: whole place`,
  close: (pane: string) => `Close ${pane}`,
  border: (left: string, right: string) => `Border between ${left} and ${right}`,

  principal: 'Signed by',
  region: 'Region',
  actor: 'Who acts, and where',
  nobodyYet: { asleep: 'Ada, once the cloud is up', starting: 'Starting …' },
  account: (accountId: string) => `Account ${accountId}`,
  identity: ({ name, type }: { name: string; type: string }) =>
    type === 'Root' ? `${name} user` : `${name} (${type.toLowerCase()})`,

  calls: 'Calls of this page, newest first',
  showReading: 'List the console’s own reading, too',
  follow: 'Follow the latest call',
  ok: 'ok',
  noAnswer: 'no answer',
  views: 'What to show of the call',
  picture: 'Picture',
  shared: 'A request of a shared link, made in another cloud.',
  notDrawn: 'This request cannot be drawn.',
  backToMine: 'Back to mine',

  words: {
    title: 'In other words',
    none: 'What you do in a face stands here as well: as a command of the AWS CLI, as code for the AWS SDK, and as a page of the console.',
    console: 'In the console',
    consolePage: (page: string) => `Open ${page}`,
    cli: 'With the AWS CLI',
    sdk: 'With the AWS SDK for JavaScript',
    trace: 'Walk through this request in the glass',
    failed: 'The words could not be loaded.',
  },
};
