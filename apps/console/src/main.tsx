import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/page.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/queries.ts';
import { router } from './router.tsx';
import { Appearance } from './shell/appearance.tsx';
import { loadWords } from './words/words.ts';

await loadWords();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Appearance>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Appearance>
  </StrictMode>,
);
