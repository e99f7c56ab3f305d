import { config } from 'zod';

// Zod asks once whether it may build code from text. Our content policy says no, and the browser would report the question.
config({ jitless: true });
