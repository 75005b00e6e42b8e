/** Names, places and firms for example records; all invented, none of a known person. */
export const FIRST_NAMES =
  'Maren Tom Priya Jonas Elif Sofia Ben Grace Ida Marcus Yuki Amara Leo Hannah Mateo Aisha Oskar Lucia Noah Ingrid Samir Clara Felix Nadia Henrik Rosa Kofi Emma Luca Zofia Arjun Helena Theo Mina Pavel Alice Diego Freya Omar Julia Anton Leila Victor Naomi Ruben Esther Malik Vera'.split(
    ' ',
  )
export const LAST_NAMES =
  'Okafor Lindqvist Raman Weber Demir Marino Achterberg Mwangi Novak Hale Tanaka Fischer Moreau Silva Kowalska Haddad Jensen Castillo Brandt Osei Petrov Nakamura Larsen Duarte Ferrari Schneider Ivanova Mensah Dubois Keller Rossi Lund Ortega Varga Bakker Singh Quinn Aydin Holm Costa Meyer Sato Nilsson Romero Walsh Yilmaz Beck Adeyemi'.split(
    ' ',
  )
export const COMPANIES = [
  'Halvorsen & Sons',
  'Brightwater Studio',
  'Nordkap Logistics',
  'Casa Verde Foods',
  'Pelham Joinery',
  'Kestrel Software',
  'Amber Lane Media',
  'Delta Fine Metals',
  'Oakfield Textiles',
  'Quayside Print',
  'Lumen Energy',
  'Marlow & Finch',
  'Tessera Ceramics',
  'Blue Heron Travel',
  'Ridgeway Farms',
  'Sable Instruments',
  'Fenwick Legal',
  'Orchard Health',
  'Stellan Machines',
  'Cobalt Freight',
]
export const CITIES = 'Bristol Utrecht Aarhus Porto Leipzig Ghent Turin Malmö Graz Galway Lyon Gdańsk Bergen Valencia Basel Tartu'.split(
  ' ',
)
export const COUNTRIES = [
  'Portugal',
  'Denmark',
  'Japan',
  'Canada',
  'Kenya',
  'Italy',
  'Poland',
  'Brazil',
  'India',
  'Ireland',
  'Netherlands',
  'Turkey',
]
export const STREETS = [
  'Harbour Street',
  'Mill Lane',
  'Chestnut Avenue',
  'Station Road',
  'Market Square',
  'Orchard Way',
  'Bridge Street',
  'Castle Hill',
  'Garden Row',
  'Foundry Lane',
  'Linden Street',
  'Quay Side',
]
/** For things the lexicon does not know: words that make a believable proper name before any noun. */
export const EPITHETS = [
  'North',
  'Harbour',
  'Old Mill',
  'Riverside',
  'Spring',
  'Linden',
  'Station',
  'Garden',
  'Castle',
  'Summer',
  'Market',
  'Hillside',
  'Autumn',
  'Bridge',
]
export const REMARKS = [
  'Checked last week, all in order.',
  'To be looked at again next month.',
  'Came recommended.',
  'A good example for the others.',
  'Needs a second pair of eyes.',
  'Agreed on the phone.',
  'First of its kind here.',
]
