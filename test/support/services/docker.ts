import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';

export function dockerAnswers(): Promise<boolean> {
  return new Promise((resolve) => execFile('docker', ['info'], { timeout: 3_000 }, (error) => resolve(!error)));
}

/** How to run an image with one of its ports published on loopback, and how to be rid of it. */
export function container(image: string, options: { port: number; inside: number; env?: Record<string, string>; args: string[] }) {
  const name = `latchkey-test-${randomBytes(6).toString('hex')}`;
  const env = Object.entries(options.env ?? {}).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const publish = `127.0.0.1:${options.port}:${options.inside}`;
  return {
    steps: [['docker', 'run', '--rm', '--name', name, '--publish', publish, ...env, image, ...options.args]],
    farewell: ['docker', 'rm', '--force', '--volumes', name],
    patience: 300_000, // the image may have to be pulled
  };
}
