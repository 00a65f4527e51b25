// The tested parts of a documentation page. A fenced block counts when an HTML comment stands before it:
//   <!-- file: NAME -->        the block is that file
//   <!-- run -->               the block is a shell script, run in the page's folder
//   <!-- run: PROGRAM -->      the same, where PROGRAM is installed
//   <!-- fails: TEXT -->       a shell script that must fail and print TEXT
// Every other fenced block is shown only.
const BLOCK = /<!-- (file|run|fails)(?:: *(.+?))? -->\n```\w*\n([\s\S]*?)\n```/g;

export function partsOf(markdown) {
  return [...markdown.matchAll(BLOCK)].map(([, kind, argument, text]) => ({kind, argument, text: `${text}\n`}));
}

export function programsOf(parts) {
  return [...new Set(parts.filter(({kind, argument}) => kind === 'run' && argument).map(({argument}) => argument))];
}
