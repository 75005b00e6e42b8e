/** Package names that others are made to look like: what generated apps use, and what is downloaded most. */

/** Each passes by itself; a new name that is nearly one of these does not. */
export const WELL_KNOWN_PACKAGES: readonly string[] = `
@electric-sql/pglite @hono/node-server @hono/zod-validator @hookform/resolvers @playwright/test @prisma/client @radix-ui/react-dialog
@reduxjs/toolkit @stripe/stripe-js @supabase/supabase-js @tailwindcss/vite @tanstack/react-query @tanstack/react-router @tanstack/react-table
@testing-library/react @types/node @types/react @types/react-dom @vitejs/plugin-react
ajv angular async autoprefixer aws-sdk axios babel-core babel-loader bcrypt bcryptjs better-auth better-sqlite3 bluebird body-parser bootstrap
chai chalk chart.js chokidar class-variance-authority classnames clsx cmdk colors commander compression cookie cookie-parser core-js cors
cross-env cross-spawn css-loader d3 date-fns dayjs debug discord.js dotenv drizzle-kit drizzle-orm ejs electron embla-carousel-react esbuild
eslint ethers express express-rate-limit express-session fast-check fastify firebase form-data formik framer-motion fs-extra fuse.js glob
got graphql handlebars helmet hono html-webpack-plugin husky i18next immer inquirer ioredis jest jose jquery js-yaml jsdom jsonwebtoken
jspdf knex leaflet less lodash lodash-es lucide-react luxon mapbox-gl marked mdx mime mkdirp mocha moment mongodb mongoose morgan motion multer
mysql2 nanoid next next-auth next-themes node-fetch nodemailer nodemon openai papaparse passport pino playwright playwright-core pnpm
postcss postgres preact prettier prisma prop-types puppeteer qrcode query-string radix-ui ramda react react-day-picker react-dom
react-dropzone react-hook-form react-i18next react-icons react-markdown react-redux react-router react-router-dom react-select react-table
react-toastify recharts redis redux remark-gfm request resend rimraf rollup rxjs sass semver sequelize sharp shelljs shiki socket.io
socket.io-client sonner styled-components stripe superagent supertest svelte swiper swr tailwind-merge tailwindcss terser three through2
ts-node tslib tsx typeorm typescript ulid underscore undici uuid validator vite vitest vue vue-router webpack webpack-cli webpack-dev-server
winston ws xlsx yaml yargs yup zod zustand
`
  .trim()
  .split(/\s+/)
