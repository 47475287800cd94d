/** The service worker: what it answers, in the order in which it is asked. Each file says what of. */
import { registerRoute } from 'workbox-routing';
import { answerApp, answerPage, isPage, keepApp } from './app-shell.ts';
import { answerMedia, isMedia } from './media.ts';
import { isShared, takeShared } from './shared-file.ts';
import { answerSimulation, isSimulation } from './simulation.ts';

keepApp();
registerRoute(isMedia, answerMedia);
registerRoute(isSimulation, answerSimulation);
registerRoute(isShared, takeShared, 'POST');
registerRoute(isPage, answerPage);
answerApp();
