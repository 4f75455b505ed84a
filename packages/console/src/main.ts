import { mount } from 'svelte';
import App from './App.svelte';
import './console.css';
import './controls.css';

const target = document.getElementById('app');
if (target === null) throw new Error('the page has no place for the console');
mount(App, { target });
