export const stylesheet = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 6rem; }
h1 { margin-bottom: 0; }
h2 { margin-top: 3rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
article { margin: 2rem 0; }
h3 { margin: 0 0 .25rem; font-size: 1rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 4rem; font-weight: 700; }
p { margin: .25rem 0; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
th { font-weight: 600; width: 12rem; }
details pre { overflow-x: auto; padding: 1rem; background: color-mix(in srgb, currentColor 6%, transparent); }
footer { margin-top: 4rem; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
footer a { display: inline-block; padding: .75rem 1rem .75rem 0; color: inherit; }
`
