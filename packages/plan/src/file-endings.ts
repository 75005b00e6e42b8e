/** Endings that only files have: what tells `src/a.ts` and `users.sql` from `users.service` and `Store.save`. */
const ENDINGS = new Set(
  `ts tsx mts cts js jsx mjs cjs json jsonc json5 vue svelte astro html htm xml svg css scss sass less pcss py pyi ipynb go templ rs swift
  kt kts java scala groovy gradle c h cc cpp hpp m mm cs fs vb dart php rb erb lua ex exs r jl pl zig nim sol sql prisma graphql gql proto
  sh bash zsh fish ps1 bat cmd yml yaml toml ini cfg conf env properties lock tf tfvars hcl nix md mdx txt rst csv tsv log patch snap
  png jpg jpeg gif webp avif ico icns bmp woff woff2 ttf otf eot mp3 mp4 wav ogg webm mov pdf zip gz wasm webmanifest plist entitlements
  storyboard xib xcodeproj xcworkspace pbxproj ejs hbs pug njk liquid tmpl tpl mustache tscn tres gd gdshader pas dfm dpr example sample
  cypher http rest bru bicep service timer rules dockerfile gitignore keep gitkeep db sqlite map glb gltf`.split(/\s+/),
)

/** The last part of a path, such as `page.tsx`; endings of several parts (`d.ts`) count by their last one. */
export function hasFileEnding(name: string): boolean {
  const at = name.lastIndexOf('.')
  return at > -1 && ENDINGS.has(name.slice(at + 1).toLowerCase())
}
