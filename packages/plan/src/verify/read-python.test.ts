import { expect, test } from 'vitest'
import { statusOf } from '../testing/tree-text.ts'

const FILES = {
  'backend/__init__.py': '',
  'backend/routers/chat.py':
    '"""Chat routes."""\nfrom fastapi import APIRouter\nfrom ..db import save as store\n\nrouter = APIRouter()\n\n\nasync def chat(text: str) -> str:\n    """Answers."""\n    return store(text)\n',
  'backend/db.py': 'import os\n\n\ndef save(text):\n    return os.getenv(text)\n',
  'backend/main.py': 'from fastapi import FastAPI\nfrom backend.routers import chat\n\napp = FastAPI()\napp.include_router(chat.router)\n',
}
const withDb = (text: string) => ({ ...FILES, 'backend/db.py': text })

test('top-level names of a Python module are what it offers', () => {
  expect(statusOf(FILES, { path: 'backend/routers/chat.py', exports: ['router', 'chat'] })).toBe('satisfied: file export export')
  expect(statusOf(withDb('def store(text):\n    return 1'), { path: 'backend/db.py', exports: ['save'] })).toBe('violated: file export')
  expect(statusOf(withDb('"""\ndef save(text):\n"""\nx = 1'), { path: 'backend/db.py', contains: ['def save'] })).toBe(
    'violated: file text',
  )
})

test.each([
  'def save(text):\n    pass',
  'def save(text):\n    """Saves."""\n    ...',
  'def save(text):\n    raise NotImplementedError("later")',
])('a Python function that does nothing does not satisfy: %s', (text) => {
  expect(statusOf(withDb(text), { path: 'backend/db.py', exports: ['save'] })).toMatch(/^violated: .*stub/)
})

test('Python imports are links when something of them is used', () => {
  expect(statusOf(FILES, { from: 'backend/main.py', to: 'backend/routers/chat.py' })).toBe('satisfied: import-edge')
  expect(statusOf(FILES, { from: 'backend/routers/chat.py', to: 'backend/db.py' })).toBe('satisfied: import-edge')
  const unused = FILES['backend/routers/chat.py'].replace('store(text)', 'text')
  expect(statusOf({ ...FILES, 'backend/routers/chat.py': unused }, { from: 'backend/routers/chat.py', to: 'backend/db.py' })).toBe(
    'violated: import-unused',
  )
  expect(statusOf(withDb('def keep(text):\n    return text'), { from: 'backend/routers/chat.py', to: 'backend/db.py' })).toBe(
    'violated: import-missing',
  )
})
