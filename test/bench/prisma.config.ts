import { defineConfig } from 'prisma/config';

export default defineConfig({ schema: 'contenders/pothos/schema.prisma' });
