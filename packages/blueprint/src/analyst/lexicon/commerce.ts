/** Kinds of things that are sold, bought, stored and paid for. */
import type { KindSource } from './kind.ts'

export const COMMERCE: Readonly<Record<string, KindSource>> = {
  product: {
    words:
      'product, good, goods, merchandise, commodity, ware, retail item, item for sale, product information, product detail, product showcase, secondhand item, second-hand item, idle item, idle goods',
    icon: 'package',
    family: 'catalogue',
    made: 'staff',
    about: 'What is on offer, with price and stock.',
    fields: `
      name! text = Oak desk lamp | Linen tote bag | Stoneware mug | Wool throw | Walnut tray | Canvas apron | Brass hook set | Ash wood stool | Soy candle, fig | Leather notebook | Ceramic planter | Cotton towel set | Glass carafe | Cork coasters | Felt slippers | Enamel kettle | Willow basket | Copper ladle
      photo image
      category ref category else category
      price! money 6..180 = 89 | 24 | 18 | 120 | 46 | 38 | 22 | 75 | 16 | 14 | 29 | 42 | 34 | 12 | 39 | 65 | 54 | 19
      stock! integer "In stock" 0..80
      sku* text "Article number" = @code(SKU-1040)
      description longText = Made in small batches by a workshop we know by name. | Built to be repaired, not replaced. | A quiet everyday companion. | Feels better with every year. | Plain, sturdy, and pleasant to hold.
      status! choice available | lowStock | soldOut
    `,
  },
  category: {
    words: 'category, product category, categorization, classification, product classification, catalog section, ?type, genre, ?tag',
    icon: 'tags',
    family: 'group',
    made: 'staff',
    about: 'How things are sorted.',
    fields: `
      name!* text = Essentials | New this season | For beginners | Favourites | Outdoor | Gifts | Professional | Classics
      description text = What most people start with. | Fresh in, for a short while. | Chosen by our team. | For those who want more.
      colour colour
    `,
  },
  order: {
    words:
      '?order, customer order, sales order, purchase, takeaway order, shopping order, order information, order record, purchase record, order detail',
    icon: 'shopping-bag',
    family: 'deal',
    made: 'member',
    about: 'What was ordered, by whom, and how far it is.',
    fields: `
      number!* text "Order number" = @code(ORD-2041)
      customer! ref @client else person "Customer"
      orderedOn! date "Ordered" -30..0
      status! flow new > paid > packed > shipped > delivered / cancelled
      total! money 18..420
      neededOn date "Wanted for" after orderedOn 1..9
      delivery choice "Delivery" post | courier | pickUp
      address text "Delivery address" = @address
      notes longText = Please leave at the neighbour's. | It is a present: no invoice in the parcel. | Ring twice.
    `,
  },
  orderLine: {
    words: 'order line, order item, line item',
    icon: 'list',
    family: 'log',
    made: 'member',
    about: 'The single positions of an order.',
    fields: `
      description! text "Item" = 2 for the kitchen | For the hallway | As last time | Gift wrapped | With engraving | Spare | For the studio | Largest size | Smallest size | In blue | In natural | Without box
      order! ref order
      product! ref product, dish, cake, part, book
      quantity! integer 1..6
      unitPrice! money "Price each" 6..120
    `,
  },
  part: {
    words: 'part, spare part, component in stock, material, raw material, supply, consumable, ingredient, accessory',
    icon: 'cog',
    family: 'catalogue',
    made: 'staff',
    about: 'What is on the shelf and what runs low.',
    fields: `
      name! text = Brake pads, organic | Chain, 11-speed | Inner tube 28" | Bearing 6001 | Cable set | Spoke 292 mm | Seal ring 22 mm | Hex bolt M6 | Filter cartridge | Drive belt | Fuse 10 A | Grease, 100 g | Valve core | Bulb, warm white
      partNumber* text "Part number" = @code(P-3310)
      supplier ref supplier else company
      stock! integer "In stock" 0..60
      reorderAt integer "Reorder at" 4..12
      price! money 1..65 = 14 | 32 | 6.5 | 4 | 12 | 1.2 | 2.5 | 0.8 | 18 | 26 | 1.5 | 7 | 0.9 | 4.5
      location text "Shelf" = A1 | A2 | A4 | B1 | B3 | C2 | C5
    `,
  },
  inventoryItem: {
    words:
      'inventory item, stock item, inventory, stock, inventory information, asset, fixed asset, equipment, tool in stock, device, instrument, ?machine, facility equipment, equipment information, device information, hardware',
    icon: 'boxes',
    family: 'catalogue',
    made: 'staff',
    about: 'What we have, where it is and in which state.',
    fields: `
      name! text = Label printer | Pallet jack | Projector, hall 2 | Laptop 14" | Ladder, 3 m | Cordless drill | Barcode scanner | Coffee machine | Standing desk | Air purifier | Microscope | First-aid kit | Monitor 27" | Measuring laser
      code!* text "Inventory number" = @code(INV-0412)
      location ref location, warehouse, store, room else place
      quantity! integer 1..40
      value money 25..2400
      status! choice available | inUse | inRepair | retired
      boughtOn date "Bought" -1500..-20
      notes longText = Manual is in the drawer. | Needs a new battery soon. | Lent out by the week.
    `,
  },
  stockMovement: {
    words:
      'stock movement, inbound, outbound, inbound management, outbound management, inbound and outbound, warehousing record, stock transfer, inbound and outbound record, inbound order, outbound order',
    icon: 'arrow-up-down',
    family: 'log',
    made: 'staff',
    about: 'What came in and what went out.',
    fields: `
      reference!* text = @code(MOV-7104)
      product! ref product, part, inventoryItem else product
      direction! choice inbound | outbound
      quantity! integer 1..120
      warehouse ref warehouse, store, location else place
      movedOn! date "Date" -30..0
      handledBy text "Handled by" = @person
      notes longText = Counted twice. | Two boxes were damaged. | Partial delivery, rest next week.
    `,
  },
  warehouse: {
    words: 'warehouse, storage location, depot, storehouse, warehouse information, warehouse layout',
    icon: 'warehouse',
    family: 'place',
    made: 'staff',
    about: 'Where goods are kept.',
    fields: `
      name!* text = North dock | Old cannery | Ring road 4 | Airport store | Cold store | Hall B
      address! text = @address
      capacity integer [pallets] 80..1200
      manager text = @person
      phone phone
    `,
  },
  purchaseOrder: {
    words: 'purchase order, procurement, procurement order, purchase request, procurement information, supplier order',
    icon: 'clipboard-list',
    family: 'deal',
    made: 'staff',
    about: 'What we ordered from suppliers, and when it comes.',
    fields: `
      number!* text = @code(PO-5120)
      supplier! ref supplier, company else company
      item text "What" = Packing boxes, 500 | Printer paper | Spare filters | Uniforms | Pallet wrap | Cleaning agents | Steel brackets | Coffee, 20 kg | Work gloves | LED panels
      status! flow draft > sent > confirmed > received / cancelled
      orderedOn! date "Ordered" -40..0
      expectedOn date "Expected" after orderedOn 5..20
      total! money 90..4800
    `,
  },
  invoice: {
    words: 'invoice, bill, billing, receipt, fee, package fee, charge, billing record, tuition, property fee',
    icon: 'receipt',
    family: 'deal',
    made: 'staff',
    about: 'What is owed, by whom, and until when.',
    fields: `
      number!* text "Invoice number" = @code(INV-1001)
      customer! ref customer, company, @client else person
      issuedOn! date "Issued" -50..-1
      dueOn! date "Due" after issuedOn 14..30
      amount! money 60..2400
      status! flow draft > sent > paid / overdue, cancelled
      notes longText = Second reminder sent. | Paid in two parts. | Includes the service in spring.
    `,
  },
  quote: {
    words: 'quotation, price quote, estimate, offer, proposal, ?bid',
    icon: 'file-text',
    family: 'deal',
    made: 'staff',
    about: 'Offers that are out, and what became of them.',
    fields: `
      number!* text = @code(Q-3007)
      subject! text = Roof repair | Kitchen, 12 m² | Yearly service | Website, 8 pages | Garden fence | Moving, 3 rooms | Wedding photography | Window cleaning
      customer! ref @client, company, lead else person
      status! flow draft > sent > accepted / declined
      amount! money 180..9800
      validUntil date "Valid until" -5..40
    `,
  },
  payment: {
    words:
      '?payment, payment record, payment information, refund, ?recharge, recharge record, payout, deposit, withdrawal, remittance, settlement',
    icon: 'banknote',
    family: 'log',
    made: 'staff',
    about: 'Money that was received or returned.',
    fields: `
      reference!* text = @code(PAY-8801)
      from ref @client, order, invoice else person
      amount! money 12..900
      method! choice card | transfer | cash | voucher
      paidOn! date "Date" -40..0
      status! choice received | pending | refunded
    `,
  },
  coupon: {
    words:
      'coupon, voucher, discount, promotion, promotional activity, gift card, red packet, red envelope, promo code, flash sale, group buying, discount code, special offer, ?prize',
    icon: 'percent',
    family: 'catalogue',
    made: 'staff',
    about: 'Offers that are running, and until when.',
    fields: `
      code!* text = SPRING10 | WELCOME | FRIENDS15 | FREESHIP | SUMMER20 | THANKYOU | EARLYBIRD | WEEKEND5
      description! text = Ten per cent off everything | For a first order | For people who bring a friend | Free delivery above 40 | Two for one on Tuesdays
      discount! integer [%] 5..30
      startsOn! date "Starts" -30..2
      endsOn! date "Ends" after startsOn 14..60
      used integer "Times used" 0..140
      isActive boolean "Active"
    `,
  },
  subscription: {
    words:
      'subscription, membership, membership plan, subscription plan, package, pricing plan, membership card, service package, game ticket package, card package',
    icon: 'repeat',
    family: 'catalogue',
    made: 'staff',
    about: 'What people can subscribe to.',
    fields: `
      name!* text = Starter | Monthly | Family | Student | Plus | Yearly | Studio | Founders
      price! money 5..120
      period! choice monthly | quarterly | yearly
      description longText = Everything to begin with. | For up to five people. | Cheapest over a year. | All courses, all branches.
      subscribers integer 8..420
      isActive boolean "On offer"
    `,
  },
  shipment: {
    words:
      'shipment, ?delivery, parcel, package delivery, consignment, logistics, waybill, courier order, errand, errand order, freight, logistics information, express delivery',
    icon: 'truck',
    family: 'deal',
    made: 'staff',
    about: 'What is on its way, and where it is.',
    fields: `
      trackingNumber!* text "Tracking number" = @code(TRK-90417)
      order ref order
      recipient! ref customer else person
      from text "From" = @city
      to text "To" = @city
      driver ref driver else person
      status! flow prepared > pickedUp > onTheWay > delivered / returned
      dueOn! date "Due" -8..8
      weight decimal [kg] 0.3..24
    `,
  },
  cartItem: {
    words: 'shopping cart, cart, cart item, wishlist, wish list, favorite, favourite, collection list, saved item',
    icon: 'shopping-cart',
    family: 'log',
    made: 'own',
    about: 'What people have put aside for later.',
    fields: `
      name! text = For the kitchen | Birthday idea | Weekend read | To try in summer | For the office | Compare first
      product ref product, dish, book, course, room, property, photo, article else product
      quantity integer 1..4
      addedOn! date "Added" -20..0
      notes longText = Wait for the sale. | Ask about the size. | In green, if there is one.
    `,
  },
  returnRequest: {
    words: 'product return, after-sales request, after-sales service, after-sales, warranty claim, exchange request, return request',
    icon: 'undo-2',
    family: 'deal',
    made: 'member',
    about: 'What comes back, and why.',
    fields: `
      reason! text = Wrong size | Arrived damaged | Not as expected | Ordered twice | Missing part | Changed my mind
      order ref order else order
      customer ref @client else person
      status! flow requested > approved > received > refunded / rejected
      requestedOn! date "Requested" -25..0
      amount money 8..140
    `,
  },
  auction: {
    words: 'auction, auction item, lot, auction lot',
    icon: 'gavel',
    family: 'catalogue',
    made: 'staff',
    about: 'What is under the hammer.',
    fields: `
      title! text = Art deco mirror | Walnut writing desk | Silver pocket watch | Seascape in oil | First edition, 1931 | Porcelain set, 24 pieces | Persian runner | Brass telescope
      photo image
      seller ref @client else person
      startingPrice! money "Starting price" 20..900
      highestBid money "Highest bid" 30..2400
      endsAt! dateTime "Ends" -4..12
      status! flow scheduled > open > sold / unsold
    `,
  },
  brand: {
    words: 'brand, trademark, brand information',
    icon: 'badge-check',
    family: 'group',
    made: 'staff',
    about: 'The brands we carry.',
    fields: `
      name!* text = Nordlys | Casa Verde | Atelier Brun | Hale & Sons | Mokki | Sora | Pelago | Lindenhof
      logo image
      country text = @country
      website url
      description longText = A family firm in the third generation. | Known for fair wages. | Everything from one valley.
    `,
  },
}
