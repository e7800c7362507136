import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

type Props = AnchorProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps>;

/** A link to another page of the console. Its address is checked by the types of the routes. */
export const TextLink = createLink((props: Props) => <Anchor inherit {...props} />);
