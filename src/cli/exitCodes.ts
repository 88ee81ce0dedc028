// Exit statuses, as --help lists them.
export const exitCodes = {
  done: 0,
  nothingFound: 1,
  usage: 2,
  somePhotosFailed: 3,
  error: 4,
  interrupted: 130,
} as const;
