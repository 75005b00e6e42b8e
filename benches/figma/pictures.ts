/** Figma's renders: read, cut, scaled down, compared. */
import { readFileSync } from 'node:fs'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import type { Box } from '../../packages/figma/src/measure/expected-boxes.ts'
import type { Reference } from './cases.ts'

/** RGBA, 8 bits each. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export const decodePng = (bytes: Buffer): Pixels => PNG.sync.read(bytes)
export const readPng = (path: string): Pixels => decodePng(readFileSync(path))

function encodePng(pixels: Pixels): Buffer {
  const png = new PNG({ width: pixels.width, height: pixels.height })
  png.data = Buffer.from(pixels.data)
  return PNG.sync.write(png)
}

/** What lies outside of the picture is transparent. */
function cut(pixels: Pixels, left: number, top: number, width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4)
  const from = Math.max(0, -left)
  const to = Math.min(width, pixels.width - left)
  for (let row = 0; row < height; row++) {
    const y = top + row
    if (y < 0 || y >= pixels.height || to <= from) continue
    const start = (y * pixels.width + left + from) * 4
    data.set(pixels.data.subarray(start, start + (to - from) * 4), (row * width + from) * 4)
  }
  return { width, height, data }
}

/** Cuts the box of a node, in px of the frame, out of its render. @returns a `data:` address */
export function cropper(reference: Reference): (box: Box) => { href: string; width: number; height: number } {
  const pixels = readPng(reference.path)
  return (box) => {
    const scaled = (value: number) => Math.round(value * reference.scale)
    const width = Math.max(1, scaled(box.width))
    const height = Math.max(1, scaled(box.height))
    const png = encodePng(cut(pixels, scaled(box.x + reference.x), scaled(box.y + reference.y), width, height))
    return { href: `data:image/png;base64,${png.toString('base64')}`, width, height }
  }
}

function onWhite(pixels: Pixels): Pixels {
  const data = new Uint8Array(pixels.data)
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] as number) / 255
    for (let part = 0; part < 3; part++) data[at + part] = Math.round((data[at + part] as number) * alpha + 255 * (1 - alpha))
    data[at + 3] = 255
  }
  return { ...pixels, data }
}

const lanczos3 = (x: number) => {
  if (x === 0) return 1
  if (Math.abs(x) >= 3) return 0
  const angle = Math.PI * x
  return (3 * Math.sin(angle) * Math.sin(angle / 3)) / (angle * angle)
}

/** One axis of a Lanczos reduction; the kernel widens with the reduction. */
function reduceRows(source: Float32Array, width: number, height: number, newWidth: number): Float32Array {
  const result = new Float32Array(newWidth * height * 3)
  const scale = width / newWidth
  const stretch = Math.max(1, scale)
  for (let x = 0; x < newWidth; x++) {
    const centre = (x + 0.5) * scale - 0.5
    const first = Math.max(0, Math.ceil(centre - 3 * stretch))
    const last = Math.min(width - 1, Math.floor(centre + 3 * stretch))
    const weights = Array.from({ length: last - first + 1 }, (_, index) => lanczos3((first + index - centre) / stretch))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    for (let y = 0; y < height; y++) {
      for (let part = 0; part < 3; part++) {
        let value = 0
        for (let index = 0; index < weights.length; index++)
          value += (weights[index] as number) * (source[(y * width + first + index) * 3 + part] as number)
        result[(y * newWidth + x) * 3 + part] = value / sum
      }
    }
  }
  return result
}

function transpose(source: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(source.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let part = 0; part < 3; part++) result[(x * height + y) * 3 + part] = source[(y * width + x) * 3 + part] as number
    }
  }
  return result
}

/** Flattens on white and scales down to the given size. */
export function reduce(pixels: Pixels, width: number, height: number): Pixels {
  const flat = onWhite(pixels)
  if (flat.width === width && flat.height === height) return flat
  const colours = new Float32Array(flat.width * flat.height * 3)
  for (let at = 0; at < flat.width * flat.height; at++)
    for (let part = 0; part < 3; part++) colours[at * 3 + part] = flat.data[at * 4 + part] as number
  const across = reduceRows(colours, flat.width, flat.height, width)
  const both = transpose(reduceRows(transpose(across, width, flat.height), flat.height, width, height), height, width)
  const data = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    for (let part = 0; part < 3; part++) data[at * 4 + part] = Math.min(255, Math.max(0, Math.round(both[at * 3 + part] as number)))
    data[at * 4 + 3] = 255
  }
  return { width, height, data }
}

/** The frame's own part of its render, at 1x. */
export function referenceAt1x(reference: Reference, box: Box): Pixels {
  const pixels = readPng(reference.path)
  const scaled = (value: number) => Math.round(value * reference.scale)
  const left = scaled(reference.x)
  const top = scaled(reference.y)
  const part = cut(pixels, left, top, Math.min(scaled(box.width), pixels.width - left), Math.min(scaled(box.height), pixels.height - top))
  return reduce(part, Math.ceil(box.width), Math.ceil(box.height))
}

/** Structural similarity of the grey pictures, windows of 8 by 8 every 4 px. */
function similarity(a: Pixels, b: Pixels): number {
  const grey = ({ data }: Pixels) =>
    Float32Array.from({ length: data.length / 4 }, (_, at) => 0.299 * data[at * 4]! + 0.587 * data[at * 4 + 1]! + 0.114 * data[at * 4 + 2]!)
  const [left, right] = [grey(a), grey(b)]
  let total = 0
  let windows = 0
  for (let y = 0; y + 8 <= a.height; y += 4) {
    for (let x = 0; x + 8 <= a.width; x += 4) {
      let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
      for (let row = 0; row < 8; row++) {
        for (let column = 0; column < 8; column++) {
          const at = (y + row) * a.width + x + column
          const u = left[at] as number
          const v = right[at] as number
          sumA += u
          sumB += v
          squaresA += u * u
          squaresB += v * v
          products += u * v
        }
      }
      const [meanA, meanB] = [sumA / 64, sumB / 64]
      const [varianceA, varianceB, covariance] = [
        squaresA / 64 - meanA * meanA,
        squaresB / 64 - meanB * meanB,
        products / 64 - meanA * meanB,
      ]
      total +=
        ((2 * meanA * meanB + 6.5025) * (2 * covariance + 58.5225)) /
        ((meanA * meanA + meanB * meanB + 6.5025) * (varianceA + varianceB + 58.5225))
      windows += 1
    }
  }
  return windows ? total / windows : 1
}

/** @returns the share of pixels that differ (threshold 0.1) and the similarity; both pictures have the same size */
export function comparePictures(a: Pixels, b: Pixels): { pixel: number; ssim: number } {
  const differing = pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1 })
  return { pixel: differing / (a.width * a.height), ssim: similarity(a, b) }
}
