import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev -w apps/console` serves the sources at /console, with the API of a running `npm start`. */
const api = { target: 'http://127.0.0.1:4600', changeOrigin: false };

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: { target: 'es2023', reportCompressedSize: false, assetsInlineLimit: 0 },
  server: { proxy: { '/api': api, '/health': api } },
});
