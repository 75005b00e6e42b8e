/** The parts of a content page: an opening, and sections of text and picture. */
import { type ReactNode, useEffect } from 'react'
import { appName } from '../config'
import { Picture } from '../ui/values'

interface SectionProps {
  readonly heading: string
  readonly image?: string
  readonly children?: ReactNode
}

export function ContentPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = title === appName ? title : `${title} · ${appName}`
  }, [title])
  return <div className="mx-auto max-w-7xl px-4 sm:px-8">{children}</div>
}

export function Opening({ heading, image, actions, children }: SectionProps & { readonly actions?: ReactNode }) {
  return (
    <section
      className={`grid items-center gap-10 py-10 sm:py-16 ${image ? 'lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)] lg:gap-16' : 'max-w-4xl'}`}
    >
      <div>
        <h1 className="font-display text-[clamp(2.25rem,5.5vw,4rem)] leading-[1.05] font-semibold tracking-[-0.03em]">
          {heading}
        </h1>
        <div className="mt-5 grid max-w-xl gap-4 text-lg leading-relaxed text-muted">{children}</div>
        {actions && <div className="mt-8 flex flex-wrap gap-3">{actions}</div>}
      </div>
      {image && <Picture src={image} className="aspect-[4/3] w-full rounded-panel" />}
    </section>
  )
}

export function Section({ heading, image, children }: SectionProps) {
  return (
    <section className="grid gap-x-12 gap-y-5 border-t border-line py-10 sm:py-14 lg:grid-cols-12">
      <h2 className="font-display text-2xl leading-tight font-semibold tracking-[-0.02em] lg:col-span-4">{heading}</h2>
      <div
        className={`grid content-start gap-4 text-[1.0625rem] leading-relaxed ${image ? 'lg:col-span-4' : 'max-w-2xl lg:col-span-8'}`}
      >
        {children}
      </div>
      {image && <Picture src={image} className="aspect-[4/3] w-full rounded-panel lg:col-span-4" />}
    </section>
  )
}
