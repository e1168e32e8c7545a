/** What the service and the page promise, by their numbers in the documents. Each has a test file of its name here. */
export const promises = {
  1: { file: 'nothing-before-consent', promise: 'No request before consent carries bytes of an image.' },
  2: {
    file: 'lost-work',
    promise: 'What dies (a device, a worker, a tab) costs at most one round of a run.',
  },
  3: {
    file: 'silent-garbage',
    promise: 'Numbers that are none end in a named error, with the last good texture.',
  },
  4: { file: 'next-run', promise: 'A failure does not spoil the next run.' },
  5: { file: 'verified-files', promise: 'Nothing is run or used that was not verified.' },
  6: { file: 'uploads', promise: 'An upload ends as one result or as none, and leaves nothing behind.' },
  7: { file: 'abuse', promise: 'Abuse gets no 500, no memory, and no bill above the stated one.' },
  8: { file: 'parsers', promise: 'Damaged files crash nothing, hang nothing, and take no memory.' },
  9: { file: 'isolation', promise: 'Hostile pages, frames and stored texts get nowhere.' },
  10: {
    file: 'deletion',
    promise: 'Tokens cannot be forged or guessed; what is deleted is gone everywhere.',
  },
  11: {
    file: 'supply-chain',
    promise: 'What is installed and shipped is known, licensed, and runs no script.',
  },
} as const

export type PromiseNumber = keyof typeof promises
