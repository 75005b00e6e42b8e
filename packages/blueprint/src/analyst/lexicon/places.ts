/** Kinds of places, homes, vehicles and living things. */
import type { KindSource } from './kind.ts'

export const PLACES: Readonly<Record<string, KindSource>> = {
  destination: {
    words: 'destination, city, travel destination, country, region, town, village',
    icon: 'map-pin',
    family: 'place',
    made: 'staff',
    about: 'Places worth the way.',
    fields: `
      name!* text = Lisbon | Kyoto | Bergen | Ljubljana | Valparaíso | Marrakesh | Tbilisi | Porto | Hoi An | Ghent
      photo image
      country! text = Portugal | Japan | Norway | Slovenia | Chile | Morocco | Georgia | Portugal | Vietnam | Belgium
      bestTime text "Best time" = April to June | October | May and September | Late spring | All year
      rating rating
      description longText = Hills, tiles and evening light. | Temples, gardens, and the best stationery. | Rain, and worth it.
    `,
  },
  attraction: {
    words:
      'attraction, scenic spot, tourist attraction, sight, landmark, museum, monument, place of interest, scenic area, heritage site, scenic spot information, tourist spot, exhibit, point of interest',
    icon: 'landmark',
    family: 'place',
    made: 'staff',
    about: 'What there is to see.',
    fields: `
      name!* text = Old lighthouse | Botanical garden | Cliff path | Cathedral tower | Glass museum | Harbour ferry | Castle ruins | Market hall | Cave of the winds | Water mill
      photo image
      city text = @city
      entryFee money "Entry" 0..24
      openingHours text "Opening hours" = Daily, 9 to 18 | Tue to Sun, 10 to 17 | Always open | Apr to Oct, 10 to 16
      rating rating
      description longText = Best in the early morning. | 242 steps, one view. | Allow two hours. | Good on a rainy day.
    `,
  },
  vehicle: {
    words: 'vehicle, car, truck, van, motorcycle, fleet vehicle, used car, vehicle information, taxi, bus, boat, car model, fleet, scooter',
    icon: 'car',
    family: 'catalogue',
    made: 'staff',
    about: 'The vehicles, their papers and their state.',
    fields: `
      name! text "Make and model" = Toyota Corolla | Volkswagen Golf | Ford Transit | Renault Zoe | Skoda Octavia | Volvo XC60 | Hyundai Kona | Mercedes Sprinter | Fiat 500 | Peugeot 208
      plate!* text "Number plate" = @plate
      photo image
      owner ref @client
      year integer "Year" 2012..2025
      mileage integer [km] 4000..180000
      fuel choice petrol | diesel | electric | hybrid = hybrid | petrol | diesel | electric | diesel | hybrid | electric | diesel | petrol | petrol
      status! choice available | inUse | inService | sold
      nextService date "Next service" -10..180
    `,
  },
  bike: {
    words: 'bike, bicycle, e-bike, cycle, electric bike',
    icon: 'bike',
    family: 'catalogue',
    made: 'staff',
    about: 'The bikes, whose they are, and how to recognise them.',
    fields: `
      model! text "Make and model" = Genesis Croix de Fer | Trek FX 3 | Specialized Sirrus | Brompton C Line | Gazelle Tour Populaire | Canyon Grizl | Ridgeback Velocity | Cube Nature | Riese & Müller Nevo | Giant Escape | Koga WorldTraveller | Orbea Terra
      customer! ref @client
      kind! choice "Type" city | road | mountain | gravel | electric | folding = gravel | city | city | folding | city | gravel | city | mountain | electric | city | road | gravel
      colour text = Forest green | Matt black | Cherry red | Silver | Petrol blue | White
      frameNumber* text "Frame number" = @code(WBK-71204)
      year integer 2011..2025
      notes longText = Tubeless tyres. | Child seat on the rack. | Front light flickers in the rain.
    `,
  },
  parkingSpace: {
    words: 'parking space, parking lot, parking spot, garage, charging station, charging pile, charger, locker',
    icon: 'plug',
    family: 'catalogue',
    made: 'staff',
    about: 'Where there is room, and what it costs.',
    fields: `
      name!* text = A1 | A2 | A3 | B1 | B2 | B5 | C1 | C4 | D2 | D3
      location text = @address
      pricePerHour money "Price per hour" 1..6
      power integer [kW] 11..150
      status! choice available | reserved | occupied | outOfOrder
    `,
  },
  property: {
    words:
      'property, house, apartment, flat, real estate, rental listing, listing, home listing, housing, house information, housing information, rental property, villa, homestay, building, real estate listing, accommodation',
    icon: 'house',
    family: 'catalogue',
    made: 'staff',
    about: 'Homes, where they are and what they cost.',
    fields: `
      title! text = Bright two-room flat | House with a walnut tree | Loft by the canal | Terraced house, quiet street | Studio near the station | Family flat, third floor | Farmhouse to restore | Top floor with balcony | Garden flat
      photo image
      address! text = @address
      city! text = @city
      kind! choice "Type" apartment | house | studio | commercial
      price! money 480..2400
      area! integer [m²] 24..210
      bedrooms integer 1..5
      agent ref @staff else person
      status! flow available > reserved > rented / withdrawn
      description longText = South facing, with a view over roofs. | Freshly painted, good light. | Cellar and bicycle room. | Ten minutes to the centre.
    `,
  },
  location: {
    words: '?location, site, ?place, ?area, ?zone, ?address, map marker, ?spot, ?region',
    icon: 'map-pin',
    family: 'place',
    made: 'staff',
    about: 'Where things are.',
    fields: `
      name!* text = Main building | East wing | Harbour yard | Lakeside | Old station | Hill site | Market hall | North field
      address text = @address
      city text = @city
      description longText = Access from the back. | Keys at the front desk. | Open on weekdays.
    `,
  },
  pet: {
    words: 'pet, animal, dog, cat, livestock, cow, horse, cattle, breed',
    icon: 'paw-print',
    family: 'catalogue',
    made: 'staff',
    about: 'The animals, and what to know about them.',
    fields: `
      name! text = Luna | Bruno | Mochi | Pepper | Otis | Hazel | Nala | Figaro | Biscuit | Juno | Toffee | Rocky
      photo image
      species! choice dog | cat | rabbit | bird | horse | other = dog | dog | cat | cat | dog | rabbit | horse | cat | dog | dog | rabbit | dog
      breed text = Border collie | Labrador | European shorthair | Maine Coon | Dachshund | Lop-eared | Haflinger | European shorthair | Beagle | Mixed breed | Dwarf rabbit | Boxer
      owner ref @client
      bornOn date "Born" -4000..-120
      weight decimal [kg] 0.4..38
      notes longText = Shy at first, then a friend for life. | Afraid of thunder. | Knows how to open doors. | Needs a tablet twice a day.
    `,
  },
  plant: {
    words: 'plant, crop, flower, ?tree, seed, vegetable, fruit, agricultural product, farm product',
    icon: 'sprout',
    family: 'catalogue',
    made: 'staff',
    about: 'What grows, where, and what it needs.',
    fields: `
      name! text = Cherry tomato | Lavender | Olive tree | Basil | Monstera | Rhubarb | Snake plant | Strawberry | Rosemary | Fig | Kale | Sunflower
      photo image
      location ref field, location else bed
      water! choice "Watering" rarely | weekly | daily
      light choice shade | halfShade | sun
      plantedOn date "Planted" -300..-5
      nextCareOn date "Next care" -2..12
      notes longText = Likes it dry. | Repot in spring. | Cut back after flowering.
    `,
  },
  field: {
    words: 'farm, plot, greenhouse, orchard, garden bed, farmland, vineyard, ?garden',
    icon: 'tractor',
    family: 'place',
    made: 'staff',
    about: 'The ground that is worked.',
    fields: `
      name!* text = North field | Mill meadow | Greenhouse 1 | Orchard slope | Lower plot | Chapel field
      area! decimal [ha] 0.2..14
      soil choice clay | loam | sand | chalk
      status! choice fallow | planted | harvest
      notes longText = Drains slowly. | Rotated last year. | Fence to be mended.
    `,
  },
}
