/** Runs the tool calls of one reply: those that only read together, the others one by one, in order. */
import { z } from 'zod'
import type { ToolCall, ToolResult, ToolSpec } from '../model.ts'
import { jsonSchemaOf } from '../run-agent.ts'
import { bashTool } from './bash.ts'
import { editTool } from './edit-file.ts'
import { grepTool } from './grep.ts'
import { listTool } from './list-files.ts'
import { readTool } from './read-file.ts'
import type { Tool, ToolContext } from './tool.ts'
import { writeTool } from './write-file.ts'

/** Always in this order: the beginning of every request is the same, and vendors can cache it. */
export const CODER_TOOLS: readonly Tool[] = [readTool, writeTool, editTool, bashTool, grepTool, listTool]

export const toolSpecs = (tools: readonly Tool[]): ToolSpec[] =>
  tools.map(({ name, description, input }) => ({ name, description, input: jsonSchemaOf(input) }))

/**
 * Results in the order of the calls, whatever the model got wrong being a result too.
 * @param before is asked first; what it returns is the result, and the call is not made
 * @throws what the sandbox throws
 */
export async function runCalls(
  calls: readonly ToolCall[],
  tools: readonly Tool[],
  context: ToolContext,
  before: (call: ToolCall) => string | null,
): Promise<ToolResult[]> {
  const results: ToolResult[] = []
  for (let start = 0; start < calls.length; ) {
    const isReading = (call: ToolCall | undefined) => tools.find(({ name }) => name === call?.name)?.isReadOnly === true
    let end = start + 1
    while (isReading(calls[start]) && end < calls.length && isReading(calls[end])) end++
    results.push(...(await Promise.all(calls.slice(start, end).map((call) => runCall(call, tools, context, before)))))
    start = end
  }
  return results
}

async function runCall(
  call: ToolCall,
  tools: readonly Tool[],
  context: ToolContext,
  before: (call: ToolCall) => string | null,
): Promise<ToolResult> {
  const result = (text: string, isError: boolean): ToolResult => ({
    callId: call.id,
    name: call.name,
    text: text || '(no output)',
    isError,
  })
  const tool = tools.find(({ name }) => name === call.name)
  if (!tool) return result(`There is no tool "${call.name}". There are: ${tools.map(({ name }) => name).join(', ')}.`, true)
  if (call.input === undefined) return result('The input of this call is not JSON. Call it again with valid JSON.', true)
  const input = tool.input.safeParse(call.input)
  if (!input.success) return result(`The input of ${call.name} is wrong:\n${z.prettifyError(input.error)}`, true)
  const refused = before(call)
  if (refused !== null) return result(refused, true)
  const answer = await tool.run(input.data, context)
  return result(answer.text, answer.isError ?? false)
}
