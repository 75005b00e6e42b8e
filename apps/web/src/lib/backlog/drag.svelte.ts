/** Dragging items of a backlog by mouse: what is dragged, and where it may be let go. Everything it does can be done by keyboard too. */
import type { BacklogLevel } from '@slipway/domain'
import type { Attachment } from 'svelte/attachments'

interface Dragged {
  readonly level: BacklogLevel
  readonly id: string
  readonly parentId: string
}

export interface DropPlace {
  readonly level: BacklogLevel
  readonly parentId: string
  readonly beforeId: string | null
}

/** Of this page: a browser drags one thing at a time. */
let dragged: Dragged | undefined

export const draggable =
  (what: Dragged, canDrag: boolean): Attachment<HTMLElement> =>
  (element) => {
    element.draggable = canDrag
    const start = (event: DragEvent) => {
      event.stopPropagation()
      dragged = what
      event.dataTransfer?.setData('text/plain', what.id)
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
    }
    const end = () => {
      dragged = undefined
    }
    element.addEventListener('dragstart', start)
    element.addEventListener('dragend', end)
    return () => {
      element.removeEventListener('dragstart', start)
      element.removeEventListener('dragend', end)
    }
  }

/** Takes items of its level, wherever they come from, and shows that it would. */
export const dropTarget = (place: DropPlace, onDrop: (id: string, place: DropPlace) => void): Attachment<HTMLElement> =>
  takes(
    ({ level, id }) => level === place.level && id !== place.beforeId,
    ({ id }) => onDrop(id, place),
  )

/** Takes what `canTake` says. */
export const takes =
  (canTake: (what: Dragged) => boolean, onDrop: (what: Dragged) => void): Attachment<HTMLElement> =>
  (element) => {
    const over = (event: DragEvent) => {
      if (!dragged || !canTake(dragged)) return
      event.preventDefault()
      event.stopPropagation()
      element.dataset.drop = 'here'
    }
    const leave = () => {
      delete element.dataset.drop
    }
    const drop = (event: DragEvent) => {
      leave()
      if (!dragged || !canTake(dragged)) return
      event.preventDefault()
      event.stopPropagation()
      onDrop(dragged)
      dragged = undefined
    }
    element.addEventListener('dragover', over)
    element.addEventListener('dragleave', leave)
    element.addEventListener('drop', drop)
    return () => {
      element.removeEventListener('dragover', over)
      element.removeEventListener('dragleave', leave)
      element.removeEventListener('drop', drop)
    }
  }
