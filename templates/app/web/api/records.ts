/** Reading and changing records. After every change, what is on the screen is read again. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Page } from '../../model/fields'
import { request } from './client'

export interface Stored {
  readonly id: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** @param query `q`, `sort`, `page`, `size` and filters, as the API takes them */
export function useList<Item>(resource: string, query = '', isEnabled = true) {
  return useQuery({
    queryKey: [resource, 'list', query],
    queryFn: ({ signal }) => request<Page<Item>>(`${resource}${query && `?${query}`}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  })
}

export function useRecord<Item>(resource: string, id: string | undefined) {
  return useQuery({
    queryKey: [resource, 'record', id],
    queryFn: ({ signal }) => request<Item>(`${resource}/${id}`, { signal }),
    enabled: id !== undefined,
  })
}

export function useAnswer<Answer>(path: string) {
  return useQuery({ queryKey: [path], queryFn: ({ signal }) => request<Answer>(path, { signal }) })
}

function useChange<Variables, Answer>(change: (variables: Variables) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries() })
}

/** Creates a record, or changes the one with `id`. */
export const useSave = <Item>(resource: string, id?: number) =>
  useChange((values: unknown) =>
    id === undefined
      ? request<Item>(resource, { method: 'POST', body: values })
      : request<Item>(`${resource}/${id}`, { method: 'PATCH', body: values }),
  )

export const useUpdate = <Item>(resource: string) =>
  useChange(({ id, values }: { id: number; values: unknown }) =>
    request<Item>(`${resource}/${id}`, { method: 'PATCH', body: values }),
  )

export function useRemove(resource: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => request(`${resource}/${id}`, { method: 'DELETE' }),
    // All but the record itself, which its page would ask for once more before it is left.
    onSuccess: (_, id) =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [kind, part, which] }) =>
          !(kind === resource && part === 'record' && which === String(id)),
      }),
  })
}

/** Takes a step of the life cycle; the server refuses what is not allowed. */
export const useMove = <Item>(resource: string) =>
  useChange(({ id, to }: { id: number; to: string }) =>
    request<Item>(`${resource}/${id}/move`, { method: 'POST', body: { to } }),
  )
