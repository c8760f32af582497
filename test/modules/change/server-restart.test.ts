// The database server is stopped and started while clients write and subscribe.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import { Cluster, canMakeClusters, needsCluster } from '../../support/cluster.ts';
import { gateway } from '../../support/gateway.ts';
import { newTenant } from '../../support/tenants.ts';
import { Writers } from '../../support/writers.ts';
import { openStream } from './stream.ts';

const recorded = 'subscription { messageRecorded { message { body } } }';

describe.runIf(process.env.TEST_DATABASE_URL && canMakeClusters)(`a server that restarts under load, ${needsCluster}`, () => {
  let cluster: Cluster;
  let app: App;

  beforeAll(async () => {
    cluster = await Cluster.create();
    await cluster.sql(['create database parley'], 'postgres');
    app = await gateway(cluster.url);
  });
  afterAll(async () => {
    await app?.close();
    await cluster?.remove();
  });

  test.each(['fast', 'immediate'] as const)('a stream gets each acknowledged message once, after a %s stop', async (mode) => {
    const tenant = await newTenant(app);
    const stream = await openStream(app, tenant.key, recorded);
    const writers = new Writers(app, tenant, 4);
    for (let round = 0; round < 2; round++) {
      await writers.more(20);
      await cluster.stop(mode);
      await cluster.start();
    }
    await writers.more(20);
    await writers.stop();
    const received: string[] = [];
    while (received.length < writers.acknowledged.length) received.push((await stream.take()).message.body);
    expect(received.toSorted()).toEqual(writers.acknowledged.toSorted());
    expect(writers.failures).toBeGreaterThan(0);
    await stream.close();
  });
});
