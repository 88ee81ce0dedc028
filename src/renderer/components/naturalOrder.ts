// Names as people order them: 'IMG 9' before 'IMG 10', accents and case aside. Made once: a comparison
// by String.localeCompare looks the rules up each time, which tens of thousands of folders feel.

export const naturalOrder = new Intl.Collator(undefined, { numeric: true }).compare;
