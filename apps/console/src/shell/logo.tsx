import { Group, Text } from '@mantine/core';

export function Logo() {
  return (
    <Group gap="xs">
      <img src="/console/icon.svg" alt="" width={22} height={22} />
      <Text fw={600} size="lg">
        Sestante
      </Text>
    </Group>
  );
}
