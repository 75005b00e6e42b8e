/** Sizes of devices, and how they fit into the room there is. */
export const DEVICES = {
  phone: { name: 'Phone', width: 390, height: 844 },
  tablet: { name: 'Tablet', width: 820, height: 1180 },
  desktop: { name: 'Desktop', width: 1280, height: 800 },
} as const
export type Device = keyof typeof DEVICES

/** Small enough to be seen whole, never larger than life; both rooms in CSS pixels. */
export function scaleToFit(device: { width: number; height: number }, room: { width: number; height: number }): number {
  const scale = Math.min(1, room.width / device.width, room.height / device.height)
  return Number.isFinite(scale) && scale > 0 ? scale : 1
}
