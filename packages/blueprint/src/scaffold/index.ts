/** From a blueprint to the files of a working app. */
export { type AppFile, compileApp, packageName, type TemplateFiles } from './compile-app.ts'
