/** What `npm test` does not run, because it needs more than Node and Java. */
export const LEFT_OUT = [
  {
    needs: 'cfn-lint',
    what: 'the template against the CloudFormation specification',
    run: 'cfn-lint cdk.out/*.template.json',
  },
  {
    needs: 'promtool',
    what: '/metrics by the checker of Prometheus',
    run: 'curl -s -H "Authorization: Bearer $KEY" $URL/metrics | promtool check metrics',
  },
  {
    needs: 'prometheus',
    what: 'remote write, outages and the first event of a series in a real Prometheus',
    run: 'npx tsx test/tools/check-remote-write.ts',
  },
  {
    needs: 'moto (Python)',
    what: 'bootstrap and deployment into an emulated AWS',
    run: 'npx tsx test/tools/deploy-emulated.ts',
  },
  { needs: 'an AWS account', what: 'real Bedrock, X-Ray, EMF extraction, quotas', run: 'docs/deployment-checklist.md' },
];

export const printLeftOut = () => {
  const width = (field) => Math.max(...LEFT_OUT.map((row) => row[field].length));
  process.stdout.write('\nLeft out, because it needs more than Node and Java:\n');
  for (const { needs, what, run } of LEFT_OUT) {
    process.stdout.write(`  ${what.padEnd(width('what'))}  ${needs.padEnd(width('needs'))}  ${run}\n`);
  }
};
