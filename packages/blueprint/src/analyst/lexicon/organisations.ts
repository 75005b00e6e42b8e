/** Kinds of organisations and their parts. */
import type { KindSource } from './kind.ts'

export const ORGANISATIONS: Readonly<Record<string, KindSource>> = {
  company: {
    words:
      'company, enterprise, business, organization, organisation, corporation, firm, partner, business partner, company information, enterprise information, agency, merchant store',
    icon: 'building',
    family: 'group',
    made: 'staff',
    about: 'Firms we deal with.',
    fields: `
      name!* text = @company
      industry choice manufacturing | retail | services | technology | construction | logistics
      website url
      phone phone
      city text = @city
      employees integer "Employees" 3..900
      notes longText = Long-standing partner. | Met at the trade fair. | Invoices go to head office.
    `,
  },
  department: {
    words: 'department, division, business unit, faculty, organizational structure, organization structure',
    icon: 'layers',
    family: 'group',
    made: 'staff',
    about: 'How the house is organised.',
    fields: `
      name!* text = Sales | Operations | Finance | People | Engineering | Customer care | Purchasing | Marketing
      lead ref employee, teacher, doctor else person
      location text = First floor | Second floor | Main hall | Annexe
      budget money 20000..180000
      headcount integer 3..40
    `,
  },
  team: {
    words: 'team, squad, club, crew, alliance, guild, working group',
    icon: 'users-round',
    family: 'group',
    made: 'staff',
    about: 'Who works or plays together.',
    fields: `
      name!* text = Harbour Rovers | Northgate United | The Larks | Valley Foxes | Old Mill Eleven | Red Kites | Southbank | Quarry Lane
      captain text = @person
      homeTown text = @city
      founded integer 1921..2019
      members integer 5..28
      notes longText = Trains on Tuesdays and Thursdays. | Looking for a keeper. | Promoted last season.
    `,
  },
  store: {
    words:
      '?store, shop, branch, outlet, restaurant, cafe, café, hotel, clinic, hospital, salon, merchant shop, pharmacy, supermarket, franchise, school, university, college, library',
    icon: 'store',
    family: 'place',
    made: 'staff',
    about: 'Where to find us.',
    fields: `
      name!* text = Harbour Street | Market Square | Old Mill | North Gate | Riverside | Station Road | Castle Hill | West Park
      address! text = @address
      city! text = @city
      phone phone
      openingHours text "Opening hours" = Mon to Sat, 9 to 18 | Daily, 8 to 20 | Tue to Sun, 10 to 17 | Weekdays, 7 to 16
      manager text = @person
      photo image
    `,
  },
}
