import { Button, Menu } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useGo } from '#web/shell/use-go.ts';

const pages = [
  { label: 'Audiences of creators', to: '/discover/overlap' },
  { label: 'Brands, and who posts about them', to: '/discover/brands' },
  { label: 'Customers who are creators', to: '/discover/customers' },
  { label: 'Tiers side by side', to: '/discover/tiers' },
];

/** From the search to what lies around it. */
export function MarketMenu() {
  const go = useGo();
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button
          className="discover-lists"
          variant="subtle"
          color="gray"
          leftSection={<IconScale size={16} stroke={1.6} aria-hidden />}
        >
          Compare
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {pages.map((page) => (
          <Menu.Item key={page.to} onClick={() => go(page.to)}>
            {page.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
