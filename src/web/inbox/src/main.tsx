import './styles/base.css';
import './styles/list.css';
import './styles/stats.css';
import './styles/thread.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Failure } from './relay/failure.ts';

const root = document.getElementById('root');
// The page shows failures of the gateway itself.
const onCaughtError = (error: unknown) => error instanceof Failure || console.error(error);
if (root !== null) createRoot(root, { onCaughtError }).render(<App />);
