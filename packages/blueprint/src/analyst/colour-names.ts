/** Colours by name: those of CSS, and those that people use when they talk about looks. */

/** CSS Color Module Level 4, section 6.1. */
const CSS = `aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000
blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e
coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b
darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00
darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f
darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff
firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520
gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0
khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080
lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a
lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0
lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3
mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585
midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000
olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee
palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080
rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57
seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa
springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3
white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32`

/** Names outside CSS, by the shade that paint makers and designers give them. */
const SPOKEN = `alabaster f2f0e6 almond efdecd amber ffbf00 amethyst 9966cc apricot fbceb1 ash e5e4e2 paleash ecebe8 avocado 568203
babyblue 89cff0 babypink f4c2c2 bronze cd7f32 burgundy 800020 burntsienna e97451 burntorange cc5500 burntumber 8a3324 buttercream fff1b5
butter fff1a8 camel c19a6b canary ffef99 caramel c68e17 cerulean 2a52be champagne f7e7ce charcoal 36454f cherry c2203c cloudwhite f4f6f8
cloud eef2f5 clay b66a50 cobalt 0047ab copper b87333 cotton fbfbf4 cream fffdd0 daisywhite fbfaf2 darkbrown 5c4033 darkteal 005f5f
darkpurple 4b1a5e darkpink c2185b darkyellow b59410 deepblue 0a2a66 deepgreen 0b5d3b deeppurple 4a148c deepred 8b1a1a denim 1560bd dove e6e4e0
dustwhite f1efea dustyrose c9a0a0 ebony 3d3d36 ecru f0ead6 eggplant 614051 eggshell f0ead6 emerald 2f9e68 faintgray eeeeee fawn e5c9a8
feather f6f5f0 featherwhite f7f6f1 fern 4f7942 flax eedc82 fog e7ebee frost eaf4f6 frostwhite f3f8fa ginger b06500 golden d4a017 graphite 41424c
grass 4c9a2a hazel ae8b5f honey eba937 ice e3f2fa iceblue d6ecf5 jade 00a86b jasmine f8de7e jet 343434 lavendermist e6e6fa lemon fff44f
lemonmist fdfbd0 lightbeige faf6e9 lightbrown b5835a lightcream fffbe8 lightlavender efecfb lightmint e3f9ee lightmocha d9c3ad
lightorange ffcc80 lightpeach ffe9d6 lightpurple d9c8f0 lightred f5a3a3 lightteal b2dfdb lightturquoise b5ece6 lightviolet ecd5f5 lilac c8a2c8
linenwhite faf3ea mahogany c04000 mauve b784a7 melon fdbcb4 mint d9f5e5 mintgreen 98e8b9 mintfrost e2f5ec mistwhite f0f3f4 mist e8edf0 mocha 967259
morningmist e4ebee morningfog e6e9ec moss 8a9a5b mulberry c54b8c mustard d9a520 nightblue 151b54 nude e3bc9a oak b5905a oatmeal e8dfce ochre cc7722
offwhite faf9f6 olivegreen 6b7a2b onyx 353839 opal e4ece8 oxfordblue 002147 paleblue d6e6f2 paleyellow fdf8cf palepink fadadd palerose f6dfe0
palelavender eee6fa palegray ececec palegrey ececec paper fbf8f0 parchment f1e9d2 peach ffdab9 pearl f0eade pearlwhite f5f2e8 periwinkle ccccff petrol 005f6a
pine 01796f pinewood 6b4f34 pistachio c5e0b4 platinum e5e4e2 porcelain f4f5f3 pumpkin f5761a quartz e9e4ea raspberry c2185b rose e8677f rosegold b76e79
ruby b0123b rust b7410e sage b2bfa3 sagegreen 9caf88 sand e6d8b9 sapphire 0f52ba scarlet d8241c sepia 704214 sky a7d3f0 smoke e9e9e7 softblue c9dff0
softpink f8d7da steel 6d7f8c stone d9d4c7 straw e4d96f sunflower f4c430 sunlight fff3b0 sunny ffe169 sunrise ffd8a8 sunset f98b60 tangerine f28500 taupe 8b7e74 terracotta c66b4e
pewter b9c0c4 buttermilk fff3c4 moonstone cfdde3 faintgold f7eccb desertsand edc9af topaz ffc87c ultramarine 3f00ff umber 635147 vanilla f6ebc4 vermilion e34234 walnut 5d432c warmgray 9d958b warmwhite fbf6ee wine 722f37 wisteria c9a0dc wood a47d4f softgray e8e8e8
softwhite faf8f3 lightcharcoal 58656e lightnavy 2c3e70 lightindigo 8289d8 lightgold f3df9a lightbronze d9a877 lightviolet ecd5f5 lightlilac e6d6ec lightmauve dfc6d6`

/** From a name without blanks, in lower case, to `#rrggbb`. */
export function colourTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  for (const list of [SPOKEN, CSS]) {
    const words = list.split(/\s+/)
    for (let index = 0; index + 1 < words.length; index += 2) table.set(words[index] as string, `#${words[index + 1]}`)
  }
  return table
}
