/** What somebody sees who follows a link to a preview that has expired, was taken back, or never was. */
export const shareEndedPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>This link has ended</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0 24px}h1{font-size:17px;margin:0 0 4px}p{margin:0;max-width:44ch;opacity:.75}</style>
<main><h1>This link has ended</h1><p>It has expired or was taken back. Ask whoever sent it for a new one.</p></main></html>`
